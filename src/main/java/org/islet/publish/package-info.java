/** Results as folders: the mask, what is known of it, and a picture. */
package org.islet.publish;
