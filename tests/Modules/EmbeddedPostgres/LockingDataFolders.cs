using Portico.Host.EmbeddedPostgres;

namespace Portico.Tests.Modules.EmbeddedPostgres;

public sealed class LockingDataFolders
{
    [Fact]
    public async Task One_holds_the_lock_at_a_time_and_the_next_is_told_who()
    {
        await using var folder = new TestFolder();
        using (DataFolderLock.Take(folder.Path, "portico"))
        {
            var refused = Assert.Throws<DataFolderInUseException>(() => DataFolderLock.Take(folder.Path, "portico"));
            Assert.Equal(Environment.ProcessId, refused.Owner);
            Assert.Contains("--data", refused.Message, StringComparison.Ordinal);
            using var another = DataFolderLock.Take(folder.Path, "another");
        }

        using var after = DataFolderLock.Take(folder.Path, "portico");
    }
}
