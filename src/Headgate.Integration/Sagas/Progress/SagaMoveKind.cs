namespace Headgate.Integration.Sagas.Progress;

/// <summary>What a saga does next.</summary>
internal enum SagaMoveKind
{
    /// <summary>It calls a step. What it says decides; while it says nothing, the saga may still go back.</summary>
    Call,

    /// <summary>It calls a step which has to answer: nothing else can go on before that is known.</summary>
    Settle,

    /// <summary>It calls what undoes a step.</summary>
    Undo,

    /// <summary>Nothing: it is over.</summary>
    None,
}
