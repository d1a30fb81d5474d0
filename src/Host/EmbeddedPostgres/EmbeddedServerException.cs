namespace Portico.Host.EmbeddedPostgres;

/// <summary>The embedded server cannot run; the message is for the operator and says what to do.</summary>
internal class EmbeddedServerException(string message, Exception? inner = null) : OperatorException(message, inner);
