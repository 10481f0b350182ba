namespace Headgate.Gateway.Pipeline;

/// <summary>Is told when the client of a request goes away; see <see cref="GatewayContext.ListenForAbort"/>.</summary>
public interface IClientAbortListener
{
    /// <summary>The client is gone. Called on a thread-pool thread; must not block and must not throw.</summary>
    void OnClientGone();
}
