// Runs only where modules are unknown. Written for the oldest browser that may read it.
document.getElementById('boot-too-old').hidden = false;
