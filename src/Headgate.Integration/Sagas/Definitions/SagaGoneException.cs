namespace Headgate.Integration.Sagas.Definitions;

/// <summary>A saga cannot go on, for nobody knows any more how.</summary>
internal sealed class SagaGoneException(string reason) : Exception(reason);
