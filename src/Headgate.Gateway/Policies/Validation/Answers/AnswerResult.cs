namespace Headgate.Gateway.Policies.Validation.Answers;

/// <summary>What became of the check of an answer.</summary>
internal enum AnswerResult
{
    /// <summary>It is as declared.</summary>
    Valid,

    /// <summary>It breaks the document.</summary>
    Broken,

    /// <summary>Its body was not looked at, because it is compressed.</summary>
    Compressed,

    /// <summary>Its body was not looked at, because it is larger than the bound.</summary>
    TooLarge,

    /// <summary>Its body was not looked at, because the answers under way hold as much as they may.</summary>
    NoRoom,

    /// <summary>It never became whole.</summary>
    Incomplete,
}
