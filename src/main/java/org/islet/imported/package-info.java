/** Networks that others trained, made into models from a description and an archive of weights. */
package org.islet.imported;
