namespace Headgate.Gateway.Plans.Listing;

/// <summary>What a part of a plan is.</summary>
public enum PlanPartKind
{
    /// <summary>A document, or an API of Headgate's own.</summary>
    Document,

    /// <summary>A security scheme of a document.</summary>
    Scheme,

    /// <summary>A service that a document calls.</summary>
    Service,

    /// <summary>An operation of a document under one of its base paths.</summary>
    Operation,
}
