using Headgate.OpenApi.Values;

namespace Headgate.Gateway.Values;

/// <summary>An extension that reads values of requests: the claims among them are kept with the caller. Implemented by the records of extensions.</summary>
public interface IValueReader
{
    /// <summary>The request targets with placeholders.</summary>
    IEnumerable<TargetTemplate> Targets { get; }

    /// <summary>The values; null for what is not given.</summary>
    IEnumerable<ValueExpression?> Values { get; }
}
