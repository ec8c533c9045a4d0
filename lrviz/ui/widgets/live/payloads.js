// @ts-check
// What Python sends, as types: tests/test_payloads.py holds both together.

/**
 * A chart (`lrviz/view/chart.py`). What is not text travels as JSON in one.
 *
 * @typedef {object} ChartPayload
 * @property {string} figure JSON of a Figure
 * @property {string} description the figure in words
 * @property {string} filename of a saved picture, without its ending
 * @property {string} key the chart's name on the page
 * @property {string} live JSON of a LivePayload; empty: no slider moves it
 * @property {string} grows where newer figures come from; empty: nowhere
 * @property {number} taken the last number that Python has taken from the chart
 * @property {string} switches JSON of a SwitchPayload[]
 * @property {string} failure what stands there without this module
 * @property {string} labels JSON of the toolbar's texts, by name
 * @property {string} module where this module is
 * @property {string} plotly where plotly.js is
 * @property {string} extras JSON of an ExtrasPayload; empty: none
 * @property {string} lens JSON of a LensPayload; empty: none
 */

/**
 * What a chart that follows sliders knows of the selected curve (`lrviz/view/live.py`).
 *
 * @typedef {object} LivePayload
 * @property {string} name of the curve
 * @property {number} id of the curve: the uid of its trace
 * @property {string} unit what the x axis counts: step or epoch
 * @property {number} steps of the run
 * @property {number} perEpoch steps
 * @property {number[]} restarts steps
 * @property {string} fan the address of the fans
 * @property {string} subject what the names of its fields begin with, on the page
 * @property {Record<string, string>} values of the fields that have a slider, their texts by path
 * @property {string[]} between those of them that stand between two of their usual stops
 * @property {number} taken the last number that Python has taken from the panel
 * @property {[string, "x" | "y", number | null][]} handles field, axis, place on the x axis
 * @property {[string, string][]} readout names and texts of the figures beneath the chart
 * @property {Record<string, string>} texts by name
 */

/**
 * What a lesson lays over a chart (`lrviz/view/chart.py`).
 *
 * @typedef {object} ExtrasPayload
 * @property {MarkerPayload | null} marker
 * @property {PlayPayload | null} play
 */

/**
 * A line that is dragged to an answer.
 *
 * @typedef {object} MarkerPayload
 * @property {string} id another one is another question
 * @property {"x" | "y"} axis along which it moves
 * @property {number} value where it is
 * @property {number} low where it can go, from here,
 * @property {number} high up to here
 * @property {number} step what an arrow key moves it by
 * @property {boolean} whole whether only whole numbers count
 * @property {string} label its name
 * @property {string} text its value in words, with {value} in it
 * @property {string[]} arrows what the two do that move it by one
 */

/**
 * The texts of a lesson's player.
 *
 * @typedef {object} PlayPayload
 * @property {string} play
 * @property {string} pause
 * @property {string} step with {value} in it
 */

/**
 * A switch in a chart's corner (`lrviz/view/chart.py`).
 *
 * @typedef {object} SwitchPayload
 * @property {string} name
 * @property {string} label what it is
 * @property {[string, string][]} options values and their texts
 * @property {string} value that is chosen
 */

/**
 * A panel (`lrviz/view/panel.py`).
 *
 * @typedef {object} PanelPayload
 * @property {string} module where its module is
 * @property {string} chart the key of the chart that follows it
 * @property {string} rows JSON of a RowPayload[]
 * @property {string} curves JSON of a CurvesPayload; empty: none
 * @property {string} focus a count and the row that is to have the focus
 * @property {number} taken the last number that Python has taken
 */

/**
 * A line of a panel.
 *
 * @typedef {object} RowPayload
 * @property {string} id the field's name on the page
 * @property {string} path of its field in the schedule
 * @property {string} name its name
 * @property {string} unit of its value; empty: none
 * @property {string} help
 * @property {string} kind number, list, text, choice or bool
 * @property {string} text of its value, or what was typed and refused
 * @property {string} problem why that was refused; empty: it was not
 * @property {string} stops of its slider, their texts with blanks between them; empty: none
 * @property {number} at the stop where it stands
 * @property {string[]} options that can be chosen; none: it is no choice
 * @property {boolean} on whether it holds anything, or is true
 * @property {string} start what it begins with when it is switched on; empty: it is always on
 * @property {string} placeholder
 * @property {string} group the heading above it; empty: none
 * @property {string} lock what its lock is for; empty: it has none
 * @property {boolean} locked whether it stays as it is
 * @property {string[]} arrows what the two do that move its slider by one stop; none: it has none
 */

/**
 * The curves above a panel's lines (`lrviz/view/curve_list.py`).
 *
 * @typedef {object} CurvesPayload
 * @property {CurveEntry[]} curves
 * @property {string[]} colors that can be chosen, as CSS has them
 * @property {[string, string][]} kinds that can be added, and the other names of each
 * @property {LevelPayload[]} levels the parts of the chosen curve, those of the whole first
 * @property {boolean} full whether there may be no more
 * @property {boolean} undo whether there is something to undo
 * @property {boolean} redo whether there is something to redo
 * @property {string} per what the chosen curve is a function of
 * @property {[string, string][]} pers what may be chosen for that, and their texts
 * @property {string} help on that
 * @property {string} convert what the button says that keeps the lengths; empty: none
 * @property {Record<string, string>} texts by name
 */

/**
 * The parts of a schedule (`lrviz/view/phases.py`): one, where it has no parts.
 *
 * @typedef {object} LevelPayload
 * @property {string} joined what stands between two parts
 * @property {boolean} sequence whether they come one after another
 * @property {PartPayload[]} parts
 * @property {Record<string, boolean>} follows what of the chosen one can follow its place, and does
 * @property {boolean} full whether there may be no more
 * @property {boolean} warm whether a warm-up can be put before it all
 */

/**
 * @typedef {object} PartPayload
 * @property {string} path
 * @property {string} name
 * @property {string} length in what the curve counts; empty: it has none of its own
 * @property {boolean} chosen
 */

/**
 * @typedef {object} CurveEntry
 * @property {string} uid
 * @property {string} name
 * @property {string} label that it was given
 * @property {string} kind of schedule
 * @property {boolean} shown
 * @property {boolean} chosen
 * @property {boolean} wrong whether something of it was refused
 * @property {string} css its colour
 * @property {string} dash as SVG has it
 */

/**
 * The head of a fan (`figures/fan.py`).
 *
 * @typedef {object} FanHead
 * @property {string[]} stops their texts
 * @property {number[]} lines for each stop, the number of its x
 * @property {number[][]} marks for each stop, the restarts on the x axis
 * @property {([number, number] | null)[]} range for each stop, that of the y axis
 * @property {(number | null)[][]} handles for each stop, the place of each on the x axis
 * @property {string[][]} readout for each stop, the figures beneath the chart
 * @property {number[]} sizes of the parts of x
 * @property {number} perTick steps
 * @property {Shape} mark of a restart, at 0
 * @property {[string, number][]} arrays type and length of x, y and dots
 */

/**
 * The progress of a fit, for all of its charts (`train/growing.py`).
 *
 * @typedef {object} GrownPayload
 * @property {string} version another one when there is something new
 * @property {Record<string, string>} figures JSON of a Figure, by the chart's key
 */

/**
 * News of a room (`learn/news`).
 *
 * @typedef {object} NewsPayload
 * @property {string} module where its module is
 * @property {string} path where news are waited for
 * @property {string} key the room's, in its teacher's browser
 * @property {string} lost what is shown while the connection is down
 * @property {string} code of the room
 * @property {string} who asks: a secret name, or the key
 * @property {number} version that the page shows
 * @property {string} cookie in which a student's browser keeps who asks
 */

/**
 * The button that sends an answer to a class's teacher (`learn/sending`).
 *
 * @typedef {object} SendingPayload
 * @property {string} module where its module is
 * @property {string} path where answers are sent to
 * @property {string} label
 * @property {string} texts JSON of the states of the answer in words, by name
 * @property {string} code of the room
 * @property {string} who answers: a secret name
 * @property {string} question that is open
 * @property {string} field of a parameter that is the answer; empty: it is none
 * @property {number | null} value of the answer as it stands, not sent; null: there is none
 * @property {number | null} sent that the room counts; null: none
 * @property {number} given how often the question was answered until then
 */

/**
 * The button that shares the page (`share/__init__.py`).
 *
 * @typedef {object} SharePayload
 * @property {string} texts JSON of its texts, by name
 * @property {string} module where its module is
 */

/**
 * What is read on the page (`widgets/top`).
 *
 * @typedef {object} TopPayload
 * @property {string} place another one begins at its top
 * @property {string} module where its module is
 */

/**
 * The projector view (`widgets/projector`).
 *
 * @typedef {object} ProjectorPayload
 * @property {string} texts JSON of ProjectorTexts
 * @property {number} taken the last number that Python has taken
 * @property {string} module where its module is
 */

/**
 * @typedef {object} ProjectorTexts
 * @property {string} title
 * @property {string} close
 * @property {string} black what the black screen is
 * @property {[string, string][]} keys each key, and what it does
 */

/**
 * An array in Plotly's JSON, or a plain list.
 *
 * @typedef {{ dtype: string, bdata: string } | ArrayLike<number>} Packed
 */

/**
 * A trace of Plotly's, as far as we look into it.
 *
 * @typedef {{ uid?: string, name?: string, x?: Packed, y?: Packed, x0?: number, dx?: number,
 *     customdata?: Packed, showlegend?: boolean, visible?: boolean | string,
 *     marker?: Record<string, unknown>, line?: Record<string, any>, [other: string]: unknown,
 * }} Trace
 */

/**
 * @typedef {{ line: { color: string, width: number }, [other: string]: unknown }} Shape
 * @typedef {{ data: Trace[], layout: Record<string, any> }} Figure
 */

export {};
