namespace Zoetrope.Validation;

/// <summary>The issues of a request; empty when it is valid.</summary>
public readonly struct ValidationResult
{
    private readonly IReadOnlyList<ValidationIssue>? _all;

    /// <summary>
    /// Initializes a new instance of the <see cref="ValidationResult"/> class with issues; null or an empty list means that the request is valid. Issues that
    /// are warnings do not make it invalid.
    /// </summary>
    public ValidationResult(IReadOnlyList<ValidationIssue>? issues) => _all = issues;

    /// <summary>Whether the request is valid.</summary>
    public bool IsValid
    {
        get
        {
            for (var i = 0; i < (_all?.Count ?? 0); i++)
            {
                if (!_all![i].IsWarning)
                    return false;
            }
            return true;
        }
    }

    /// <summary>The issues, in the order of the request's members.</summary>
    public IReadOnlyList<ValidationIssue> Issues => Select(warnings: false);

    /// <summary>
    /// What a valid request may still be refused for, rules that the documentation states in soft words ("supports up to 4 images"), and what may not be meant:
    /// a member that is not given, whose default is a sample file. In the order of the request's members.
    /// </summary>
    public IReadOnlyList<ValidationIssue> Warnings => Select(warnings: true);

    /// <summary>Validates a model.</summary>
    public static ValidationResult Of<T>(T model)
        where T : IValidatable
    {
        var context = new ValidationContext();
        model.Validate(ref context);
        return context.ToResult();
    }

    /// <summary>Throws if there is an issue.</summary>
    /// <exception cref="RequestValidationException">The request is not valid. Nothing was sent.</exception>
    public void ThrowIfInvalid()
    {
        if (!IsValid)
            throw new RequestValidationException(this);
    }

    /// <summary>All issues, warnings included.</summary>
    internal IReadOnlyList<ValidationIssue> All => _all ?? [];

    private IReadOnlyList<ValidationIssue> Select(bool warnings)
    {
        var selected = new List<ValidationIssue>();
        foreach (var issue in All)
        {
            if (issue.IsWarning == warnings)
                selected.Add(issue);
        }
        return selected.Count == All.Count ? All : selected;
    }
}
