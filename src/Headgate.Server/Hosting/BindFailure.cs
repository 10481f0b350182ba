using System.Net.Sockets;
using Headgate.Server.Settings;
using Microsoft.AspNetCore.Connections;

namespace Headgate.Server.Hosting;

/// <summary>Says in one line why an address could not be bound, and what to do.</summary>
internal static class BindFailure
{
    /// <summary>The line; null when the exception is about something else.</summary>
    /// <param name="exception">What Kestrel threw.</param>
    /// <param name="setting">The flag that names the address.</param>
    /// <param name="addresses">The addresses that were to be bound.</param>
    public static string? Explain(Exception exception, string setting, IReadOnlyList<ListenAddress> addresses)
    {
        SocketException? cause = CauseOf(exception);
        if (cause is null && exception is not AddressInUseException)
            return null;

        // Kestrel names the address in its message, and only there.
        string where = addresses.FirstOrDefault(address => Names(exception.Message, address.Port)) is { } one
            ? one.ToString()
            : string.Join(", ", addresses);
        return cause?.SocketErrorCode switch
        {
            SocketError.AccessDenied => $"{where} cannot be opened: this user may not bind that port. Choose a port from 1024 on with {setting}, or grant the right (CAP_NET_BIND_SERVICE).",
            SocketError.AddressNotAvailable => $"{where} cannot be opened: this machine does not have that address. Choose one of its own, or *, with {setting}.",
            null or SocketError.AddressAlreadyInUse => $"{where} is in use. Stop the program that holds it, or choose another with {setting} URL.",
            _ => $"{where} cannot be opened: {cause.Message}. Choose another address with {setting} URL.",
        };
    }

    // The whole number: 80 is not 8080.
    private static bool Names(string message, int port)
    {
        string text = $":{port}";
        int at = message.IndexOf(text, StringComparison.Ordinal);
        return at >= 0 && (at + text.Length == message.Length || !char.IsAsciiDigit(message[at + text.Length]));
    }

    private static SocketException? CauseOf(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is SocketException socket)
                return socket;
        }

        return null;
    }
}
