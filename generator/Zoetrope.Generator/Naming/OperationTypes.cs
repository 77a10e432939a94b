namespace Zoetrope.Generator.Naming;

/// <summary>The names of the types that every operation can have.</summary>
internal static class OperationTypes
{
    public const string Parameters = "Parameters";
    public const string Body = "Body";
    public const string Result = "Result";
    public const string Error = "ErrorBody";

    /// <summary>The name that the items of a response ask for; another type can have it, so that it is not one of all operations.</summary>
    public const string Item = "Item";

    /// <summary>All of them.</summary>
    public static readonly string[] All = [Parameters, Body, Result, Error];
}
