namespace Headgate.Gateway.Policies.Jwt.Keys;

/// <summary>Keys could not be had, for a reason that an operator can read.</summary>
internal sealed class KeySourceException(string message, Exception? inner = null) : Exception(message, inner);
