/**
 * The Stage contract, what binds a stage to its slots and parameters, and one class for each stage.
 */
package org.islet.stage;
