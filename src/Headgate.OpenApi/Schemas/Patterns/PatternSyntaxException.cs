namespace Headgate.OpenApi.Schemas.Patterns;

/// <summary>Ends the translation of a malformed pattern; never leaves <see cref="EcmaPattern"/>.</summary>
/// <param name="message">What is wrong, as the end of a sentence.</param>
internal sealed class PatternSyntaxException(string message) : Exception(message);
