using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Extensions;
using Portico.Platform.Data;

namespace Portico.Platform.Web;

/// <summary>
/// Makes a write with an <c>Idempotency-Key</c> happen once. The key, the effect and the answer commit in one transaction;
/// whoever sends the key again, even at the same time, waits for it and gets the first answer. Kept for two days. Answers that
/// say to try again are not kept.
/// </summary>
internal sealed class StoredAnswerMiddleware<TModule>(Database<TModule> database, ModuleDataSource<TModule> module, ChangeScope scope) : IMiddleware
{
    private const int LongestKey = 255;

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        string key = context.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length is 0 or > LongestKey || key.Any(c => c is < '!' or > '~'))
        {
            await Problems.BadRequest("idempotency-key-malformed", $"An Idempotency-Key is 1 to {LongestKey} visible ASCII characters.").ExecuteAsync(context);
            return;
        }

        var caller = context.User.FindFirstValue("sub") ?? "";
        var hash = await HashAsync(context.Request, context.RequestAborted);
        await module.WholeRequests.WaitAsync(context.RequestAborted);
        try
        {
            await InvokeOnceAsync(context, next, caller, key, hash);
        }
        finally
        {
            module.WholeRequests.Release();
        }
    }

    private async Task InvokeOnceAsync(HttpContext context, RequestDelegate next, string caller, string key, byte[] hash)
    {
        await using var change = await database.BeginAsync(context.RequestAborted);
        // A second request with the key waits here until the first one's transaction ends.
        var isFirst = await change.ExecuteAsync(
            "insert into answers (caller, key, request_hash) values (@caller, @key, @hash) on conflict do nothing",
            new { caller, key, hash }, context.RequestAborted) == 1;
        if (isFirst)
        {
            await AnswerAndStoreAsync(context, next, change, caller, key);
            return;
        }

        var stored = await change.FindAsync<Stored>(
            "select request_hash, status, content_type, location, body from answers where caller = @caller and key = @key",
            new { caller, key }, context.RequestAborted);
        await ReplayAsync(context, stored, hash);
    }

    private async Task AnswerAndStoreAsync(HttpContext context, RequestDelegate next, Change change, string caller, string key)
    {
        var response = context.Response;
        var body = response.Body;
        using var buffer = new MemoryStream();
        response.Body = buffer;
        scope.Outer = change;
        try
        {
            await next(context);
        }
        finally
        {
            scope.Outer = null;
            response.Body = body;
        }

        if (IsFinal(response) && !context.RequestAborted.IsCancellationRequested)
        {
            await change.ExecuteAsync(
                "update answers set status = @StatusCode, content_type = @ContentType, location = @location, body = @content where caller = @caller and key = @key",
                new { response.StatusCode, response.ContentType, location = response.Headers.Location.ToString(), content = buffer.ToArray(), caller, key },
                CancellationToken.None);
            await change.CommitAsync(CancellationToken.None);
        }

        buffer.Position = 0;
        await buffer.CopyToAsync(body, context.RequestAborted);
    }

    // What failed, or says to come back, has to be tried again with the same key: it is undone and not kept. So is what was answered
    // when the caller was gone: what writes answers stops then, without a word, and half of one would be all that they ever get.
    private static bool IsFinal(HttpResponse response) =>
        response.StatusCode is < StatusCodes.Status500InternalServerError and not StatusCodes.Status429TooManyRequests
        && response.Headers.RetryAfter.Count == 0;

    private static async Task ReplayAsync(HttpContext context, Stored? stored, byte[] hash)
    {
        if (stored?.Status is not { } status)
        {
            await Problems.Unavailable("request-in-progress", "The first request with this Idempotency-Key has not been answered yet.").ExecuteAsync(context);
        }
        else if (!hash.AsSpan().SequenceEqual(stored.RequestHash))
        {
            await Problems.Unprocessable("idempotency-key-reused", "This Idempotency-Key was used for a different request.").ExecuteAsync(context);
        }
        else
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = stored.ContentType;
            context.Response.Headers["Idempotency-Replayed"] = "true";
            if (!string.IsNullOrEmpty(stored.Location))
            {
                context.Response.Headers.Location = stored.Location;
            }

            await context.Response.Body.WriteAsync(stored.Body, context.RequestAborted);
        }
    }

    private static async Task<byte[]> HashAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        request.EnableBuffering();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.GetEncodedPathAndQuery()}\n"));
        var chunk = new byte[8192];
        int read;
        while ((read = await request.Body.ReadAsync(chunk, cancellationToken)) > 0)
        {
            hash.AppendData(chunk, 0, read);
        }

        request.Body.Position = 0;
        return hash.GetHashAndReset();
    }

    private sealed record Stored(byte[] RequestHash, int? Status, string? ContentType, string? Location, byte[]? Body);
}
