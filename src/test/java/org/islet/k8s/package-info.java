/** Checks of the images and of the manifests for Kubernetes against the application. */
package org.islet.k8s;
