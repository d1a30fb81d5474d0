namespace Portico.Host.EmbeddedPostgres;

internal sealed class PostgresNotFoundException(string message) : EmbeddedServerException(message);
