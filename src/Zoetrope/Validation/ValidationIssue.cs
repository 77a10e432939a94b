namespace Zoetrope.Validation;

/// <summary>An issue of a request.</summary>
/// <param name="Path">The location as a JSON path, such as <c>multi_prompt[0].prompt</c>; empty for the request as a whole.</param>
/// <param name="Rule">The kind of rule that is violated.</param>
/// <param name="Limit">The limit, the allowed values or the members concerned; null where the rule has none.</param>
/// <param name="Actual">The actual value; null where there is none.</param>
public sealed record ValidationIssue(string Path, ValidationRule Rule, string? Limit = null, string? Actual = null)
{
    /// <summary>
    /// Whether it is only a warning: the documentation states the rule in soft words ("supports up to"), or a default is a trap
    /// (<see cref="ValidationRule.SampleFile"/>). The request is sent all the same.
    /// </summary>
    public bool IsWarning { get; init; }

    /// <summary>The description of the issue, without the path.</summary>
    public string Message => Rule switch
    {
        ValidationRule.Required => "is required",
        ValidationRule.Type => $"must be {Limit}, but is {Actual}",
        ValidationRule.Enum => $"must be one of {Limit}, but is {Actual}",
        ValidationRule.Minimum when IsExclusive => $"must be {Limit}, but is {Actual}",
        ValidationRule.Minimum => $"must be at least {Limit}, but is {Actual}",
        ValidationRule.Maximum when IsExclusive => $"must be {Limit}, but is {Actual}",
        ValidationRule.Maximum => $"must be at most {Limit}, but is {Actual}",
        ValidationRule.MultipleOf => $"must be a multiple of {Limit}, but is {Actual}",
        ValidationRule.MinLength => $"must have at least {Limit} characters, but has {Actual}",
        ValidationRule.MaxLength => $"must have at most {Limit} characters, but has {Actual}",
        ValidationRule.Pattern => $"must match {Limit}",
        ValidationRule.MinItems => $"must have at least {Limit} items, but has {Actual}",
        ValidationRule.MaxItems => $"must have at most {Limit} items, but has {Actual}",
        ValidationRule.UniqueItems => "must not have equal items",
        ValidationRule.ExactlyOne => $"exactly one of {Limit} must be given, but {Actual}",
        ValidationRule.AtLeastOne => $"at least one of {Limit} must be given" + (Actual is null ? "" : $", but {Actual}"),
        ValidationRule.Url => $"must be {Limit}, but is {Actual}",
        ValidationRule.File => $"the file must have {Limit}, but has {Actual}",
        ValidationRule.PathSegment => $"must be {Limit}, but is {Actual}",
        ValidationRule.Unicode => $"must be valid Unicode, but has an unpaired surrogate at index {Actual}",
        ValidationRule.Documented => $"violates the documented rule \"{Limit}\"",
        ValidationRule.SampleFile => $"is not given, so the job is run with the sample file {Limit}",
        ValidationRule.Unknown => Limit is null ? "is not a parameter of this model" : $"is not a parameter of this model; similar names are {Limit}",
        _ => "is not valid",
    };

    // The limit itself is not allowed.
    private bool IsExclusive => Limit?.StartsWith(Rule == ValidationRule.Minimum ? "more than " : "less than ", StringComparison.Ordinal) == true;

    /// <summary>Returns the path and the message.</summary>
    public override string ToString() => Path.Length == 0 ? Message : $"{Path}: {Message}";
}
