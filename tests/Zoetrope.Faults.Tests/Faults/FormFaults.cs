namespace Zoetrope.Faults.Tests;

/// <summary>Successes whose JSON is of another form than promised.</summary>
internal static class FormFaults
{
    private static readonly (string Name, string Json)[] Forms =
    [
        ("null", "null"),
        ("true", "true"),
        ("a number", "5"),
        ("a text", "\"https://files.example/a.mp4\""),
        ("an empty text", "\"\""),
        ("an empty object", "{}"),
        ("an empty list", "[]"),
        ("a list of texts", "[\"https://files.example/a.mp4\"]"),
        ("a list of lists", "[[{}]]"),
        ("nulls everywhere", "{\"request_id\":null,\"predictionID\":null,\"id\":null,\"status\":null,\"output\":null,\"video\":null}"),
        ("numbers everywhere", "{\"status\":5,\"output\":5,\"video\":5}"),
        ("lists everywhere", "{\"request_id\":[],\"predictionID\":[],\"id\":[],\"status\":[],\"output\":[],\"video\":[]}"),
        ("objects everywhere", "{\"request_id\":{},\"predictionID\":{},\"id\":{},\"status\":{},\"output\":{},\"video\":{}}"),
        ("empty texts everywhere", "{\"request_id\":\"\",\"predictionID\":\"\",\"id\":\"\",\"status\":\"\",\"output\":\"\",\"video\":\"\"}"),
        ("an error in a success", "{\"detail\":\"it says no\"}"),
        ("an envelope", "{\"data\":{\"video\":{\"url\":\"https://files.example/a.mp4\"}},\"code\":0}"),
        ("a lone surrogate as a name", "{\"\\ud800\":1}"),
        ("another case", "{\"REQUEST_ID\":\"a\",\"STATUS\":\"COMPLETED\",\"Video\":{\"Url\":\"https://files.example/a.mp4\"}}"),
    ];

    public static IEnumerable<Fault> All { get; } = Forms.Select(form =>
        new Fault($"form: {form.Name}", Meaning.OtherForm, stage => stage.SendAsync(stage.Good.WithText(form.Json).With(Surroundings.RequestIdHeaders))));
}
