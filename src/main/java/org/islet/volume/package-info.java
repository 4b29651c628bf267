/** Volumes, masks, boxes and the arithmetic on them: plain Java over flat arrays, x fastest. */
package org.islet.volume;
