namespace Headgate.Server.Commands.Top;

/// <summary>By what the rows of <c>headgate top</c> are in order; of rates and times the highest first.</summary>
internal enum TopSort
{
    /// <summary>Requests per second.</summary>
    Requests,

    /// <summary>Errors per second.</summary>
    Errors,

    /// <summary>The time that half of them took at most.</summary>
    P50,

    /// <summary>The time that 99 in 100 took at most.</summary>
    P99,

    /// <summary>The name.</summary>
    Name,
}
