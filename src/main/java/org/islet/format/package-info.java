/** Medical image files to volumes and back: NIfTI. */
package org.islet.format;
