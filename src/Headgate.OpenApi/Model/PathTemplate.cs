namespace Headgate.OpenApi.Model;

/// <summary>A parsed path template such as <c>/orders/{orderId}/lines/{line}.json</c>. Immutable.</summary>
/// <param name="Text">The template as written.</param>
/// <param name="Segments">The segments between slashes, in order; the template <c>/</c> has one empty literal segment.</param>
public sealed record PathTemplate(string Text, IReadOnlyList<PathSegment> Segments)
{
    /// <summary>The parameter names in order of appearance.</summary>
    public IEnumerable<string> ParameterNames =>
        Segments.SelectMany(segment => segment.Parts).Where(part => part.IsParameter).Select(part => part.Text);
}
