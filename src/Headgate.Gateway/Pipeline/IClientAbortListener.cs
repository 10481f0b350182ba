namespace Headgate.Gateway.Pipeline;

/// <summary>Is told when the client of a request goes away; see <see cref="GatewayContext.ListenForAbort"/>.</summary>
public interface IClientAbortListener
{
    /// <summary>The client is gone. Called on whatever thread noticed; must be quick and must not throw.</summary>
    /// <param name="context">The request whose client it is: a listener that serves one request after another may be at the next already.</param>
    void OnClientGone(GatewayContext context);
}
