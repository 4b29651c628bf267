/** Medical image files to volumes and back: NIfTI, and DICOM CT series in. */
package org.islet.format;
