using Portico.Platform.Security;

namespace Portico.Tests.Security;

public sealed class KeyRingTests : IDisposable
{
    private readonly TestKeys keys = new();

    public void Dispose() => keys.Dispose();

    [Fact]
    public void Many_processes_that_start_at_once_on_an_empty_folder_agree_on_one_key()
    {
        const int Processes = 8;
        for (var round = 0; round < 150; round++)
        {
            var purpose = $"round-{round}";
            var ids = new string[Processes];
            using var start = new Barrier(Processes);
            var threads = Enumerable.Range(0, Processes).Select(process => new Thread(() =>
            {
                var ring = keys.AnotherProcess(purpose);
                start.SignalAndWait();
                ids[process] = ring.Current.Id;
            })).ToList();
            threads.ForEach(thread => thread.Start());
            threads.ForEach(thread => thread.Join());

            Assert.Single(ids.Append(keys.AnotherProcess(purpose).Current.Id).Distinct());
        }

        Assert.All(Directory.EnumerateFiles(keys.Folder), file => Assert.True(file.EndsWith(".json", StringComparison.Ordinal) || file.EndsWith(".lock", StringComparison.Ordinal), file));
    }

    [Fact]
    public void Nobody_but_the_owner_can_read_the_keys_before_and_after_a_rotation()
    {
        var ring = keys.AnotherProcess();
        var path = Path.Combine(keys.Folder, $"{KeyRings.Tokens}.json");

        Assert.Equal(32, ring.Current.Secret.Length);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(keys.Folder));
        ring.Rotate(TimeSpan.FromHours(1));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Fact]
    public void A_key_never_prints_its_secret()
    {
        var key = keys.AnotherProcess().Current;

        Assert.DoesNotContain(Convert.ToBase64String(key.Secret), $"{key}", StringComparison.Ordinal);
        Assert.DoesNotContain("Secret", $"{key}", StringComparison.Ordinal);
        Assert.Contains(key.Id, $"{key}", StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_key_signs_once_everybody_knows_it_and_the_old_one_is_believed_through_the_overlap()
    {
        var (ring, other) = (keys.AnotherProcess(), keys.AnotherProcess());
        var old = ring.Current;
        Assert.Equal(old.Id, other.Current.Id);

        var added = ring.Rotate(overlap: TimeSpan.FromHours(24));

        Assert.Equal(old.Id, ring.Current.Id);
        keys.Clock.Advance(KeyRing.Lead);
        Assert.Equal(added.Id, ring.Current.Id);
        Assert.Equal(added.Id, other.Current.Id);
        keys.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        Assert.NotNull(other.Find(old.Id));
        keys.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(other.Find(old.Id));
        Assert.NotNull(other.Find(added.Id));
    }

    [Fact]
    public void Rotations_in_a_row_by_several_processes_lose_no_key()
    {
        var (ring, other) = (keys.AnotherProcess(), keys.AnotherProcess());
        var first = ring.Current;
        Assert.Equal(first.Id, other.Current.Id);

        var added = (SigningKey[])[ring.Rotate(TimeSpan.FromHours(1)), other.Rotate(TimeSpan.FromHours(1)), ring.Rotate(TimeSpan.FromHours(1))];

        var third = keys.AnotherProcess();
        Assert.All(added.Append(first), key => Assert.NotNull(third.Find(key.Id)));
    }

    [Fact]
    public void A_key_of_another_process_is_found_at_once_though_unknown_ones_do_not_hammer_the_disk()
    {
        var (ring, other) = (keys.AnotherProcess(), keys.AnotherProcess());
        Assert.NotNull(ring.Find(ring.Current.Id));
        keys.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Null(ring.Find("unknown"));

        var added = other.Rotate(TimeSpan.FromHours(1));

        // It has just looked, so it does not look again, however often it is asked.
        Assert.All(Enumerable.Range(0, 1000), number => Assert.Null(ring.Find($"unknown-{number}")));
        Assert.Null(ring.Find(added.Id));
        keys.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.NotNull(ring.Find(added.Id));
    }

    [Fact]
    public void Of_many_who_come_at_once_after_a_quiet_time_nobody_is_told_that_a_new_key_is_not_known()
    {
        const int Callers = 8;
        var (ring, other) = (keys.AnotherProcess(), keys.AnotherProcess());
        Assert.NotNull(ring.Current);
        for (var round = 0; round < 150; round++)
        {
            var added = other.Rotate(TimeSpan.FromHours(1));
            keys.Clock.Advance(KeyRing.Lead);
            var found = new SigningKey?[Callers];
            using var start = new Barrier(Callers);
            var threads = Enumerable.Range(0, Callers).Select(caller => new Thread(() =>
            {
                start.SignalAndWait();
                found[caller] = ring.Find(added.Id);
            })).ToList();
            threads.ForEach(thread => thread.Start());
            threads.ForEach(thread => thread.Join());

            Assert.All(found, Assert.NotNull);
        }
    }

    [Fact]
    public void A_damaged_file_stops_the_start_but_not_a_process_that_knows_the_keys()
    {
        var ring = keys.AnotherProcess();
        var known = ring.Current;
        File.WriteAllText(Path.Combine(keys.Folder, $"{KeyRings.Tokens}.json"), "[{\"id\":");
        keys.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(known.Id, ring.Current.Id);
        Assert.Null(ring.Find("unknown"));
        Assert.ThrowsAny<Exception>(() => keys.AnotherProcess().Current);
    }
}
