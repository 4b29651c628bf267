/** SavedModels: described by cards, loaded once, run over volumes within a memory budget. */
package org.islet.model;
