using System.Net.Sockets;
using Headgate.Server.Hosting;
using Headgate.Server.Settings;

namespace Headgate.Server.Tests.Hosting;

public class BindFailureTests
{
    [Theory]
    [InlineData(SocketError.AccessDenied, "http://127.0.0.1:80 cannot be opened: this user may not bind that port. Choose a port from 1024 on with --listen, or grant the right (CAP_NET_BIND_SERVICE).")]
    [InlineData(SocketError.AddressNotAvailable, "http://127.0.0.1:80 cannot be opened: this machine does not have that address. Choose one of its own, or *, with --listen.")]
    [InlineData(SocketError.AddressAlreadyInUse, "http://127.0.0.1:80 is in use. Stop the program that holds it, or choose another with --listen URL.")]
    public void BindFailure_OfASocket_IsOneLineThatSaysWhatToDo(SocketError error, string expected)
    {
        Assert.True(ListenAddress.TryParse("http://127.0.0.1:80", out ListenAddress? address, out _));
        Assert.True(ListenAddress.TryParse("http://127.0.0.1:8080", out ListenAddress? other, out _));
        var exception = new IOException("Failed to bind to address http://127.0.0.1:80.", new SocketException((int)error));
        Assert.Equal(expected, BindFailure.Explain(exception, "--listen", [other, address]));
    }

    [Fact]
    public void BindFailure_OfSomethingElse_IsNone() => Assert.Null(BindFailure.Explain(new IOException("disk full"), "--listen", []));
}
