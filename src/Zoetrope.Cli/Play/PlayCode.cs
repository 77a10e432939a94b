using System.Globalization;
using System.Text;
using Zoetrope.Generator.Tooling.Requests;

namespace Zoetrope.Cli.Play;

/// <summary>Writes a program in C# that runs a request.</summary>
internal static class PlayCode
{
    /// <summary>The program.</summary>
    /// <param name="model">The model.</param>
    /// <param name="form">Its form.</param>
    /// <param name="json">The request.</param>
    /// <param name="nameOf">The name of the file that a text stands for; null for a text that is itself.</param>
    /// <returns>The text; null where the request has values of other types than the documents say.</returns>
    public static string? Of(PlayModel model, RequestForm form, string json, Func<string, string?> nameOf)
    {
        var request = model.Neutral?.GetType().DeclaringType ?? model.Info.Endpoint.GetType().GetGenericArguments()[0].DeclaringType!;
        using var client = model.Provider.ConnectWithoutKey();
        var type = client.GetType();
        var hasFiles = false;
        // The provider may have a model of the same name.
        var owner = model.Neutral is null ? request.Name : request.FullName!;
        if (form.WriteCSharp(json, owner, FileOf) is not { } input)
            return null;
        var namespaces = new SortedSet<string>(StringComparer.Ordinal) { type.Namespace!, request.Namespace! };
        if (input.Contains("RawJson.Parse(", StringComparison.Ordinal))
            namespaces.Add("Zoetrope.Json");
        if (input.Contains("{ Url = ", StringComparison.Ordinal))
            namespaces.Add("Zoetrope.Media");
        if (hasFiles)
            namespaces.Add("Zoetrope.Uploads");
        if (model.Neutral is not null)
            namespaces.Add("Zoetrope.Routing");
        // A router has one request for all providers, and sends it to those that it is made of.
        var (router, runner) = model.Neutral is null ? ("", "client") : ("var router = new MediaRouter(client);\n", "router");
        var text = new StringBuilder();
        foreach (var name in namespaces)
            text.Append($"using {name};\n");
        return text.Append($"""

            using var client = new {type.Name}();   // the key is in {model.Provider.KeyVariables}
            {router}
            var job = await {runner}.{request.Name}.SubmitAsync({input});
            Console.WriteLine(job.Handle);   // with it, {runner}.{request.Name}.Resume goes on with the job in any process

            var result = await job.WaitAsync();

            var name = Uri.EscapeDataString(job.Handle.JobId);
            foreach (var (index, file) in result.Media.Index())
                Console.WriteLine(await client.SaveAsync(file, $"{"{name}"}-{"{index}"}"));

            """).ToString();

        string? FileOf(string value)
        {
            if (nameOf(value) is not { } file)
                return null;
            hasFiles = true;
            return $"UploadFile.FromFile({Quoted(file)})";
        }
    }

    // Everything but ASCII's letters is escaped: C# takes U+2028 for the end of a line.
    private static string Quoted(string text) => $"\"{string.Concat(text.Select(static one =>
        one is '"' or '\\' or < ' ' or > '~' ? string.Create(CultureInfo.InvariantCulture, $"\\u{(int)one:X4}") : one.ToString()))}\"";
}
