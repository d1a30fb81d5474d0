using System.Data.Common;

namespace Portico.Payments.Features.Memberships;

/// <summary>Goes through what is due, each in transactions of its own: what is wrong with one does not keep the others from their turn.</summary>
internal static class EachDue
{
    public const int AtOnce = 500;

    /// <summary>Answers how many failed.</summary>
    /// <param name="readAsync">The next <see cref="AtOnce"/> ids after this one, in order.</param>
    public static async Task<int> RunAsync(Func<Guid?, Task<IReadOnlyList<Guid>>> readAsync, Func<Guid, Task> actAsync, Action<Exception, Guid> fail)
    {
        var failed = 0;
        Guid? last = null;
        while (await readAsync(last) is { Count: > 0 } due)
        {
            foreach (var id in due)
            {
                try
                {
                    await actAsync(id);
                }
                catch (DbException e)
                {
                    fail(e, id);
                    failed++;
                }
            }

            last = due[^1];
        }

        return failed;
    }
}
