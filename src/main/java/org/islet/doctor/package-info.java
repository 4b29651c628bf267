/** What is right and wrong with an installation, looked at without changing or waiting for it. */
package org.islet.doctor;
