namespace Portico.Auth.Passwords;

/// <summary>More passwords wait than are allowed to, or one has waited too long. The answer is 503 with Retry-After.</summary>
internal sealed class HashingBusyException() : Exception("Too many passwords are waiting to be hashed.");
