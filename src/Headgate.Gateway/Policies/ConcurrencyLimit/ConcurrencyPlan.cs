using Headgate.Gateway.Policies.Consumers;

namespace Headgate.Gateway.Policies.ConcurrencyLimit;

/// <summary>One concurrency limit of one operation, compiled. Immutable; what changes is its state.</summary>
/// <param name="Identity">What makes it the same after a reload.</param>
/// <param name="Rule">What the document says.</param>
/// <param name="Consumer">To whom a request belongs.</param>
/// <param name="State">The requests under way.</param>
internal sealed record ConcurrencyPlan(ConcurrencyIdentity Identity, ConcurrencyRule Rule, ConsumerKey Consumer, ConcurrencyState State);
