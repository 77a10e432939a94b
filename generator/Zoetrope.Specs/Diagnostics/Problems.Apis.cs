using static Zoetrope.Specs.Diagnostics.ProblemKind;

namespace Zoetrope.Specs.Diagnostics;

/// <content>The kinds of problem of OpenAPI documents that describe whole APIs.</content>
public static partial class Problems
{
    /// <summary>API: no title.</summary>
    public static readonly ProblemKind NoTitle = Warning("ZT0060", "Missing API title",
        "The document has no 'info.title', from which its client is named; '{0}' is used instead. Add a title");

    /// <summary>API: a part that has no counterpart in C#.</summary>
    public static readonly ProblemKind NotGenerated = Info("ZT0061", "Unsupported OpenAPI part", "'{0}' is not supported, so nothing is generated for it");

    /// <summary>API: a method that is not called.</summary>
    public static readonly ProblemKind MethodLeftOut = Warning("ZT0062", "Unknown HTTP method",
        "'{0}' at '{1}' is not an HTTP method of OpenAPI (get, put, post, delete, patch, head, options, trace, query); it is omitted. Methods without a "
            + "member of their own go into 'additionalOperations'");

    /// <summary>API: an additional method that is not one.</summary>
    public static readonly ProblemKind AdditionalMethodLeftOut = Warning("ZT0081", "Invalid additional operation",
        "The method '{0}' in 'additionalOperations' of '{1}' is omitted: {2}");

    /// <summary>API: a template that no parameter describes.</summary>
    public static readonly ProblemKind TemplateWithoutParameter = Warning("ZT0063", "Undescribed path parameter",
        "No parameter describes '{1}' in the path '{0}'; it is a string");

    /// <summary>API: a path parameter that the path does not have.</summary>
    public static readonly ProblemKind ParameterWithoutTemplate = Warning("ZT0064", "Path parameter not in the path",
        "'{0}' is a path parameter, but the path '{1}' does not contain '{2}'; it is omitted");

    /// <summary>API: a header that is not a parameter.</summary>
    public static readonly ProblemKind ReservedHeader = Info("ZT0065", "Reserved header as a parameter",
        "The header '{0}' is not a parameter: the client sets it from the body, the responses, the key and the connection; it is omitted");

    /// <summary>API: a style that the parameter cannot have.</summary>
    public static readonly ProblemKind UnfitStyle = Warning("ZT0066", "Invalid parameter style",
        "The style '{1}' is not valid for the location of the parameter '{0}'; '{2}' is used");

    /// <summary>API: a parameter in a style that is valid but not known here.</summary>
    public static readonly ProblemKind StyleNotSupported = Info("ZT0085", "Unsupported parameter style",
        "The style '{1}' of the parameter '{0}' is not supported yet; '{2}' is used, which escapes special characters");

    /// <summary>API: several keys at once.</summary>
    public static readonly ProblemKind SeveralKeys = Info("ZT0067", "Several keys required",
        "'{0}' are required together; the client sends its key as the first. Set the others in the Headers of the client's options");

    /// <summary>API: a security scheme that is not there.</summary>
    public static readonly ProblemKind UnknownScheme = Warning("ZT0068", "Unknown security scheme",
        "'components/securitySchemes' has no '{0}'; the requirement is ignored");

    /// <summary>API: a security scheme that is not known.</summary>
    public static readonly ProblemKind KeyNotSent = Info("ZT0069", "Unsupported security scheme",
        "The security scheme '{0}' is not of a supported type; set its header in the Headers of the client's options");

    /// <summary>API: a server that cannot be called.</summary>
    public static readonly ProblemKind ServerLeftOut = Info("ZT0070", "Unusable server URL", "The server '{0}' is ignored: {1}");

    /// <summary>API: no server.</summary>
    public static readonly ProblemKind NoServer = Info("ZT0071", "No usable server",
        "The document names no usable server; set the BaseUrl of the client's options");

    /// <summary>API: a response without a status.</summary>
    public static readonly ProblemKind NotAStatus = Warning("ZT0072", "Invalid response status",
        "'{0}' is not a status (such as 200, 4XX or default); the response is omitted");

    /// <summary>API: two operations of one id.</summary>
    public static readonly ProblemKind SameOperationId = Warning("ZT0073", "Duplicate operation id",
        "The operationId '{0}' is also the one of {1} {2}; give each operation its own");

    /// <summary>API: a schema of an event stream that can be read in several ways.</summary>
    public static readonly ProblemKind AmbiguousEvents = Info("ZT0083", "Ambiguous schema of events", "The schema of these events is ambiguous: {0}");
}
