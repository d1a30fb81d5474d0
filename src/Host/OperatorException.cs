namespace Portico.Host;

/// <summary>Portico cannot do what it was asked; the message is for whoever runs it and says what to do.</summary>
internal class OperatorException(string message, Exception? inner = null) : Exception(message, inner);
