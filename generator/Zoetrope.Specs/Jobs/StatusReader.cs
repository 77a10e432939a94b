using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Jobs;

/// <summary>Reads what a declaration says about the status of jobs: the request, the words, failures and costs.</summary>
internal sealed class StatusReader(JobsContext context, RequestReader requests)
{
    /// <summary>The word that says that the HTTP status is the state.</summary>
    private const string StatusCode = "status-code";

    /// <summary>The states that words can mean.</summary>
    public static string[] States { get; } = ["queued", "running", "succeeded", "failed", "canceled", "expired"];

    /// <summary>The kinds of failure, as declarations spell them.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["unknown", "invalid-input", "moderated", "capacity", "charging", "timeout", "provider", "expired"];

    /// <summary>The members of the object.</summary>
    public static string[] Members { get; } =
    [
        "operation", "parameters", "body", "id", "word", .. States, "progress", "wholeProgress", "position", "expectedSeconds", "failure", "error", "cost",
    ];

    /// <summary>Reads the status; null where it cannot be used.</summary>
    public JobsDescription? Read(DeclarationSection section, JobsDescription description, out JsonLocation? schema)
    {
        schema = null;
        if (context.Operation(section, "operation", isRequired: true) is not { } operation || requests.Read(section, operation, "{job}") is not { } request)
            return null;
        if (operation.Method is not ("GET" or "POST"))
        {
            section.Report("operation", "a GET or a POST");
            return null;
        }
        schema = context.Document.ResponseOf(operation);
        var fields = new List<FieldPointer>();
        var hasStatusCodeWords = section["word"].Node.String == StatusCode;
        if (!hasStatusCodeWords)
        {
            context.AddField(fields, section, "word", JobField.Word, schema, "string");
            if (!section["word"].Exists)
                section.Text("word", isRequired: true);
        }
        context.AddField(fields, section, "id", JobField.Id, schema, "string");
        context.AddField(fields, section, "progress", JobField.Progress, schema, "number", "integer", "string");
        context.AddField(fields, section, "position", JobField.QueuePosition, schema, "integer", "number");
        context.AddField(fields, section, "expectedSeconds", JobField.ExpectedSeconds, schema, "number", "integer", "string");
        var failure = new DeclarationSection(section["failure"], "the failure of a job", context.Problems, "code", "message", "kinds");
        context.AddField(fields, failure, "code", JobField.FailureCode, schema, "string");
        context.AddField(fields, failure, "message", JobField.FailureMessage, schema);
        var words = Words(section);
        if (!hasStatusCodeWords)
            CompareWords(section, words, schema);
        return description with
        {
            Status = request,
            HasStatusCodeWords = hasStatusCodeWords,
            Words = words.ToEquatableArray(),
            FailureKinds = KindsOf(failure),
            WholeProgress = section.Number("wholeProgress") ?? 1,
            StatusSuccessCodes = Error(section, fields, [schema], out var hasErrors),
            HasStatusErrors = hasErrors,
            StatusCost = Cost(section, fields, [schema]),
            StatusFields = fields.ToEquatableArray(),
        };
    }

    /// <summary>Reads the error that a response of success can report.</summary>
    public EquatableArray<string> Error(
        DeclarationSection section, List<FieldPointer> fields, IReadOnlyList<JsonLocation?> schemas, out bool hasErrors)
    {
        var error = new DeclarationSection(section["error"], "an error inside a response of success", context.Problems, "code", "success", "message");
        hasErrors = error.Exists;
        if (!error.Exists)
            return default;
        if (!error["code"].Exists)
            error.Text("code", isRequired: true);
        context.AddField(fields, error, "code", JobField.ErrorCode, schemas);
        context.AddField(fields, error, "message", JobField.ErrorMessage, schemas);
        return error.Texts("success");
    }

    /// <summary>Reads a cost.</summary>
    public CostRule? Cost(DeclarationSection section, List<FieldPointer> fields, IReadOnlyList<JsonLocation?> schemas)
    {
        var cost = new DeclarationSection(section["cost"], "a cost", context.Problems, "amount", "unit", "isCeiling");
        if (!cost.Exists)
            return null;
        if (!cost["amount"].Exists)
            cost.Text("amount", isRequired: true);
        context.AddField(fields, cost, "amount", JobField.Cost, schemas, "number", "integer", "string");
        var units = cost.Texts("unit");
        if (units.Count == 0)
        {
            if (!cost["unit"].Exists)
                cost.Text("unit", isRequired: true);
            return null;
        }
        if (units[0][0] != '/')
            return new(units[0], cost.Flag("isCeiling"));
        context.AddField(fields, cost, "unit", JobField.CostUnit, schemas, "string");
        return new(null, cost.Flag("isCeiling"));
    }

    private List<StateWord> Words(DeclarationSection section)
    {
        var words = new List<StateWord>();
        ReadWords(section, words);
        // A proposal leaves to a person what nothing says.
        if (!context.IsProposal && words.TrueForAll(word => word.State != "succeeded"))
            section.Report("succeeded", "the word or words of a job that has completed");
        return words;
    }

    /// <summary>Adds the words for states that an object has.</summary>
    public void ReadWords(DeclarationSection section, List<StateWord> words, bool areOfWebhook = false)
    {
        foreach (var state in States)
        {
            var at = section[state];
            if (at.Node.IsObject && state == "failed")
            {
                foreach (var (word, kind) in section.Pairs(state).Select(pair => (pair.Name, pair.Text)))
                    Add(word, state, Kind(kind, JsonPointer.Append(at.Pointer, word)), JsonPointer.Append(at.Pointer, word));
                continue;
            }
            foreach (var word in section.Texts(state))
                Add(word, state, state == "expired" ? "expired" : null, at.Pointer);
        }

        void Add(string word, string state, string? kind, string at)
        {
            if (words.Find(other => other.Word == word) is { } other)
            {
                // A delivery may repeat what the status says.
                if (areOfWebhook && !other.IsOfWebhook && (other.State, other.Kind) == (state, kind))
                    return;
                context.Problems.Add(JobsProblems.Twice.AtPointer(at, word, other.State));
                return;
            }
            words.Add(new(word, state, kind, areOfWebhook));
        }
    }

    private EquatableArray<NamedText> KindsOf(DeclarationSection failure) =>
        failure.Pairs("kinds").Select(pair => pair with { Text = Kind(pair.Text, JsonPointer.Append(failure.PointerOf("kinds"), pair.Name)) ?? "unknown" })
            .ToEquatableArray();

    private string? Kind(string kind, string at)
    {
        if (Kinds.Contains(kind))
            return kind;
        context.Problems.Add(JobsProblems.BadMember.AtPointer(at, kind, "one of " + string.Join(", ", Kinds)));
        return null;
    }

    /// <summary>Compares the declared words with those that the document lists, where it lists them.</summary>
    private void CompareWords(DeclarationSection section, List<StateWord> words, JsonLocation? schema)
    {
        if (schema is not { } whole || section["word"].Node.String is not { } pointer || (pointer.Length > 0 && pointer[0] != '/'))
            return;
        var listed = context.Paths.Find(whole, pointer).SelectMany(SchemaPaths.ValuesOf).Where(value => value.Node.IsString)
            .GroupBy(value => value.Node.String!, StringComparer.Ordinal).Select(group => group.First()).ToList();
        if (listed.Count == 0)
            return;
        foreach (var value in listed.Where(value => !words.Exists(word => word.Word == value.Node.String)))
            context.DocumentProblems.Add(JobsProblems.UndeclaredWord.AtPointer(value.Pointer, value.Node.String!, context.Declaration));
        var known = string.Join(", ", listed.Select(value => "'" + value.Node.String + "'"));
        foreach (var word in words.Where(word => !listed.Exists(value => value.Node.String == word.Word)))
            context.Problems.Add(JobsProblems.UnknownWord.AtPointer(section.PointerOf(word.State), word.Word, known));
    }
}
