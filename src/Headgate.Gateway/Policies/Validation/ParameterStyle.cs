namespace Headgate.Gateway.Policies.Validation;

/// <summary>How a parameter is written (OAS 3.1.1 §4.8.12.3).</summary>
internal enum ParameterStyle
{
    /// <summary><c>a,b</c>: paths and headers.</summary>
    Simple,

    /// <summary><c>id=a&amp;id=b</c> or <c>id=a,b</c>: queries and cookies.</summary>
    Form,

    /// <summary><c>.a.b</c>: paths.</summary>
    Label,

    /// <summary><c>;id=a;id=b</c>: paths.</summary>
    Matrix,

    /// <summary><c>id=a%20b</c>: queries.</summary>
    SpaceDelimited,

    /// <summary><c>id=a|b</c>: queries.</summary>
    PipeDelimited,

    /// <summary><c>id[name]=a</c>: queries.</summary>
    DeepObject,

    /// <summary>The query string as a whole, as a form (OAS 3.2).</summary>
    WholeQuery,
}
