// The floor of every program over HttpClient: the same exchanges, with a fixed body, and responses searched as text. Nothing is read or written as JSON.
// Its argument is the base URL of the queue; the key is in FAL_KEY.

using System.Net.Http.Headers;

using var http = new HttpClient { BaseAddress = new Uri(args[0]) };
http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Key", Environment.GetEnvironmentVariable("FAL_KEY"));

var body = new ByteArrayContent("""{"image_url":"https://example.com/a.png","prompt":"The character walks forward","duration":"5"}"""u8.ToArray());
body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
using var submitted = await http.PostAsync("/fal-ai/kling-video/o3/pro/image-to-video", body);
submitted.EnsureSuccessStatusCode();
var job = await submitted.Content.ReadAsStringAsync();

while (!(await http.GetStringAsync(TextAfter(job, "\"status_url\":\""))).Contains("\"COMPLETED\"", StringComparison.Ordinal))
    await Task.Delay(500);

Console.WriteLine(TextAfter(await http.GetStringAsync(TextAfter(job, "\"response_url\":\"")), "\"url\":\""));

static string TextAfter(string json, string start)
{
    var from = json.IndexOf(start, StringComparison.Ordinal) + start.Length;
    return json[from..json.IndexOf('"', from)];
}
