/** What people and machines see of the service over HTTP: health and metrics. */
package org.islet.web;
