namespace Zoetrope.Eachlabs.Workflows;

/// <summary>
/// The id of a version of a workflow in handles, such as <c>my-workflow/v1</c>, or <c>@nickname/my-workflow/v1</c> for one that another organization shares.
/// </summary>
/// <param name="Nickname">The organization; null for a workflow of the account's own.</param>
/// <param name="Workflow">The id of the workflow, or its slug.</param>
/// <param name="Version">The version.</param>
internal readonly record struct EachlabsWorkflowId(string? Nickname, string Workflow, string Version)
{
    /// <summary>The path that triggers it, after that of the API.</summary>
    public string TriggerPath => Nickname is null
        ? $"/workflows/trigger/{Uri.EscapeDataString(Workflow)}/{Uri.EscapeDataString(Version)}"
        : $"/public/@{Uri.EscapeDataString(Nickname)}/workflows/{Uri.EscapeDataString(Workflow)}/versions/{Uri.EscapeDataString(Version)}/trigger";

    /// <summary>The path that triggers it with several inputs, after that of the API.</summary>
    public string BulkPath => $"/workflows/bulk-trigger/{Uri.EscapeDataString(Workflow)}/{Uri.EscapeDataString(Version)}";

    /// <summary>The path of the list of its executions, after that of the API.</summary>
    public string ListPath => $"/workflows/{Uri.EscapeDataString(Workflow)}/executions";

    /// <summary>Reads an id.</summary>
    /// <exception cref="ArgumentException">It is not the id of a version of a workflow.</exception>
    public static EachlabsWorkflowId Parse(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        var parts = id.Split('/');
        var isPublic = parts.Length == 3 && parts[0].Length > 1 && parts[0][0] == '@';
        if ((parts.Length != 2 && !isPublic) || Array.Exists(parts, static part => string.IsNullOrWhiteSpace(part) || part is "." or ".."))
        {
            throw new ArgumentException(
                $"'{id}' is not the id of a workflow's version, which is 'workflow/version', or '@nickname/workflow/version' for one that another organization "
                    + "shares. Nothing was sent.",
                nameof(id));
        }
        return isPublic ? new(parts[0][1..], parts[1], parts[2]) : new(null, parts[0], parts[1]);
    }

    /// <summary>Returns the text that <see cref="Parse"/> reads.</summary>
    public override string ToString() => Nickname is null ? $"{Workflow}/{Version}" : $"@{Nickname}/{Workflow}/{Version}";
}
