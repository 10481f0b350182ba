using Headgate.OpenApi.Model.Grammar;
using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Publishing;

/// <summary>A value of another file that becomes a component.</summary>
/// <param name="Kind">The map of <c>components</c> that has it.</param>
/// <param name="Name">Its name there.</param>
/// <param name="Node">The value.</param>
/// <param name="Rule">What it is.</param>
internal sealed record PublishedComponent(string Kind, string Name, DocumentNode Node, ObjectRule Rule);
