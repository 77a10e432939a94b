using Zoetrope.Specs.Words;

namespace Zoetrope.Specs.Jobs.Proposals;

/// <summary>What the names of paths and members say about what they are.</summary>
internal static class OperationNames
{
    private static readonly string[] _jobs =
        ["generat", "predict", "task", "job", "video", "image", "audio", "render", "request", "result", "status", "flow", "queue", "speech", "music"];

    private static readonly string[] _others =
    [
        "train", "finetun", "fine-tun", "batch", "dataset", "upload", "file", "asset", "webhook", "key", "user", "workspace", "deploy", "instance", "compute",
        "evaluat", "agent", "knowledge", "dubbing", "account", "billing", "member", "voice", "endpoint", "cluster", "hardware", "conversation", "log",
        "session", "realtime", "stream", "chat", "responses", "completion", "document", "collection", "workflow_runs", "avatars", "project", "studio",
    ];

    private static readonly string[] _notSubmits =
        ["cancel", "delete", "stop", "accept", "webhook", "token", "auth", "login", "search", "estimate", "pricing", "cost", "upload", "hook", "rerun"];

    private static readonly HashSet<string> _ids = new(
        ["id", "request_id", "requestid", "task_id", "taskid", "job_id", "jobid", "generation_id", "generationid", "process_id", "processid", "prediction_id",
            "predictionid", "run_id", "runid"],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>How much a path looks like one about jobs that make media.</summary>
    public static int MediaScore(string path) => Matches(path, _jobs) - (3 * Matches(path, _others));

    /// <summary>Whether a path is not one that submits, whatever it responds with.</summary>
    public static bool IsNotSubmit(string path) => Matches(path, _notSubmits) > 0 || Matches(path, _others) > 0;

    /// <summary>Whether a name is usual for the id of a job.</summary>
    public static bool IsId(string name) => _ids.Contains(name);

    /// <summary>Whether two names are the same but for case and underlines.</summary>
    public static bool AreSame(string one, string other) => Plain(one) == Plain(other);

    /// <summary>The segments of a path that are neither parameters nor found in any path.</summary>
    public static List<string> WordsOf(string path) => path.Split('/')
        .Where(segment => segment.Length > 0 && segment[0] != '{' && !Versions.IsFiller(segment) && segment != "async").ToList();

    /// <summary>A path without its last segment where that is a parameter.</summary>
    public static string CollectionOf(string path)
    {
        var slash = path.LastIndexOf('/');
        return slash >= 0 && slash + 1 < path.Length && path[slash + 1] == '{' ? path.Substring(0, slash) : path;
    }

    private static string Plain(string name) => name.Replace("_", "").Replace("-", "").ToLowerInvariant();

    private static int Matches(string path, string[] words)
    {
        var segments = string.Join("/", WordsOf(path.ToLowerInvariant()));
        return words.Count(word => segments.IndexOf(word, StringComparison.Ordinal) >= 0);
    }
}
