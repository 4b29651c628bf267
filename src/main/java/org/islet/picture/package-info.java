/** Pictures as SVG: their lines and lettering, and the blocks that charts of a flow are made of. */
package org.islet.picture;
