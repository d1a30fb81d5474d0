using System.ComponentModel.DataAnnotations;

namespace Portico.Host.EmbeddedPostgres;

/// <summary>The PostgreSQL that Portico starts by itself when no connection string is configured.</summary>
internal sealed class EmbeddedServerOptions
{
    public const string Section = "EmbeddedPostgres";

    /// <summary>Where everything of this installation is kept; the server's files go in its folder <c>postgres</c>.</summary>
    [Required]
    public string DataFolder { get; init; } = ".portico";

    /// <summary>
    /// The folder of <c>initdb</c>, <c>pg_ctl</c> and <c>postgres</c>. Empty: they are looked for, see <see cref="PostgresBinaries"/>.
    /// </summary>
    public string? BinFolder { get; init; }

    [Range(20, 5000)]
    public int MaxConnections { get; init; } = 300;

    /// <summary>Further settings, as in <c>postgresql.conf</c>; they win over Portico's own.</summary>
    public Dictionary<string, string> Settings { get; init; } = [];

    /// <summary>How long <see cref="EmbeddedServer.AttachAsync"/> waits for the process that owns the server to have it ready.</summary>
    public TimeSpan AttachTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
