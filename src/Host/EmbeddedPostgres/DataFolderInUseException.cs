namespace Portico.Host.EmbeddedPostgres;

internal sealed class DataFolderInUseException(string lockFile, int? owner) : EmbeddedServerException(
    owner is { } pid
        ? $"Process {pid} is using this data folder: it holds {lockFile}. Stop it first (kill {pid}), "
            + "or give this one a folder of its own with --data."
        : $"Another process is using this data folder: it holds {lockFile}. Stop it first (fuser {lockFile} names it), "
            + "or give this one a folder of its own with --data.")
{
    public int? Owner { get; } = owner;
}
