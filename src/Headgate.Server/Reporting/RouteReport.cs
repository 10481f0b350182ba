namespace Headgate.Server.Reporting;

/// <summary>One route as <c>headgate routes</c> lists it.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The path template with its base path.</param>
/// <param name="Operation">The operation's id.</param>
/// <param name="Api">The document's name.</param>
/// <param name="Security">Who may call: <c>public</c>, or what is declared and who checks it.</param>
/// <param name="Backend">What the handler does.</param>
/// <param name="Policies">The policies in pipeline order.</param>
/// <param name="NotEnforced">Extensions that are declared for it and on which this version does not act.</param>
internal sealed record RouteReport(
    string Method,
    string Path,
    string Operation,
    string Api,
    string Security,
    string Backend,
    IReadOnlyList<string> Policies,
    IReadOnlyList<string> NotEnforced);
