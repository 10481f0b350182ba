using Headgate.TestSupport;

namespace Headgate.Gateway.Tests.Forwarding.Chaos;

/// <summary>A server that answers after 5 ms, until a test has it go wrong.</summary>
internal sealed class FaultyServer : IAsyncDisposable
{
    private const int UsualMilliseconds = 5;
    private const string Answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private readonly RawServer _server;
    private volatile int _fault;

    public FaultyServer() => _server = new RawServer(ServeAsync);

    public Uri Url => _server.Url;

    public int Open => _server.Open;

    public Fault Fault
    {
        set => _fault = (int)value;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task ServeAsync(RawConnection connection)
    {
        while (await connection.ReadHeadAsync() is not null)
        {
            switch ((Fault)_fault)
            {
                case Fault.Hangs:
                    await connection.ReadToEndAsync();
                    return;
                case Fault.Resets:
                    connection.Reset();
                    return;
                case Fault.TalksNonsense:
                    await connection.SendAsync("\0\u00ff!! this is no answer\r\n\r\n");
                    return;
                case Fault.Trickles:
                    await TrickleAsync(connection);
                    break;
                case Fault.SlowsDown:
                    await Task.Delay(UsualMilliseconds * 10);
                    await connection.SendAsync(Answer);
                    break;
                default:
                    await Task.Delay(UsualMilliseconds);
                    await connection.SendAsync(Answer);
                    break;
            }
        }
    }

    private static async Task TrickleAsync(RawConnection connection)
    {
        foreach (char character in Answer)
        {
            await connection.SendAsync(character.ToString());
            await Task.Delay(UsualMilliseconds * 20);
        }
    }
}
