const { stripTypeScriptTypes } = require('node:module');

/** Jest transformer: what Node does with a .ts file, so that tests run the very sources that production runs. */
module.exports = { process: (source) => ({ code: stripTypeScriptTypes(source) }) };
