namespace Headgate.Gateway.Policies.Validation.Answers;

/// <summary>In what an answer breaks the document.</summary>
internal enum AnswerFault
{
    /// <summary>Its status is not declared.</summary>
    Status,

    /// <summary>Its media type is not declared for its status, or missing.</summary>
    MediaType,

    /// <summary>A header field is missing, or not as its schema says.</summary>
    Header,

    /// <summary>Its JSON is not as the schema says.</summary>
    Body,
}
