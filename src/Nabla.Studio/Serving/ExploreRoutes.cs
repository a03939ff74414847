using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Nabla.Views;

namespace Nabla.Serving;

/// <summary>Expressions that a person types, and graphs that a program shows.</summary>
internal static class ExploreRoutes
{
    // An expression's size is bounded, and so is how many are computed at once.
    private static readonly SemaphoreSlim Turns = new(2);

    public static void MapExplore(this IEndpointRouteBuilder routes, ShownGraphs graphs)
    {
        routes.MapPost("/api/explore", (RequestDelegate)(context => AnswerAsync(context, (request, language) => Explore(request, language))));
        routes.MapPost("/api/explore/check", (RequestDelegate)(context => AnswerAsync(context, (request, language) => Check(request, language))));
        routes.MapPost("/api/explore/descend", (RequestDelegate)(context => AnswerAsync(context, (request, language) => Descend(request, language))));
        routes.MapGet("/api/graphs/{id}", (RequestDelegate)(context => ShowAsync(context, graphs)));
    }

    private static async Task AnswerAsync(HttpContext context, Func<ExploreRequest, Language, string> answer)
    {
        if (await Answers.ReadAsync<ExploreRequest>(context).ConfigureAwait(false) is not { } request) return;
        Language language = Answers.LanguageOf(request.Language);
        if (request.Fault(language) is { } fault)
        {
            await Answers.RefuseAsync(context, StatusCodes.Status400BadRequest, fault).ConfigureAwait(false);
            return;
        }
        await Turns.WaitAsync(context.RequestAborted).ConfigureAwait(false);
        string json;
        try
        {
            json = await Task.Run(() => Within(() => answer(request, language))).ConfigureAwait(false);
        }
        catch (ExpressionException exception)
        {
            ExpressionError error = exception.Error;
            await Answers.RefuseAsync(context, StatusCodes.Status400BadRequest, new ErrorAnswer(error.Message, error.Line, error.Column, error.Length))
                .ConfigureAwait(false);
            return;
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            // Such as a program without inputs, which nothing can be checked or moved in.
            await Answers.RefuseAsync(context, StatusCodes.Status400BadRequest, exception.Message).ConfigureAwait(false);
            return;
        }
        finally
        {
            Turns.Release();
        }
        await Answers.WriteAsync(context, json).ConfigureAwait(false);
    }

    private static string Within(Func<string> answer)
    {
        using Scope scope = Scope.Begin();
        return answer();
    }

    private static string Explore(ExploreRequest request, Language language)
    {
        ExpressionResult result = Evaluate(request, language);
        return ExploreAnswer.Of(result, Opened(result.View(), request.Detail, request.Opened), language).ToJson();
    }

    private static string Check(ExploreRequest request, Language language)
    {
        NumericCheck check = Evaluate(request, language).Output.CheckGradients();
        return System.Text.Json.JsonSerializer.Serialize(
            new CheckAnswer(
                [
                    .. check.Rows.Select(row => new CheckRow(
                        check.Counts.First(count => count.Name == row.Name).Count == 1 ? row.Name : $"{row.Name}[{row.Element}]",
                        row.Backpropagation,
                        row.CentralDifference,
                        row.RelativeError,
                        row.RelativeError < 1e-4)),
                ],
                check.ToText(language)),
            Answers.Json);
    }

    private static string Descend(ExploreRequest request, Language language)
    {
        Descent descent = Evaluate(request, language).Output.Descend(request.LearningRate ?? 0.1, request.Steps ?? 1);
        return System.Text.Json.JsonSerializer.Serialize(
            new DescendAnswer(
                descent.LearningRate,
                descent.ResultName,
                [
                    .. descent.Steps.Select(step => new DescendRow(
                        step.Number,
                        [.. step.Values.Select(value => new NamedText(value.Name, Exact(value.Value)))],
                        Exact(step.Result))),
                ]),
            Answers.Json);
    }

    private static string Exact(TensorSummary summary) =>
        summary.IsWhole ? Numbers.Nested(summary, number => Numbers.Text(number, digits: 15)) : summary.ToString();

    private static ExpressionResult Evaluate(ExploreRequest request, Language language)
    {
        string values = string.Join(";", request.Values?.Select(value => $"{value.Key}={value.Value}") ?? []);
        Expression expression = Expression.Parse(request.Program ?? "", language);
        return expression.Evaluate(values.Length == 0 ? null : Expression.ParseValues(values, language));
    }

    private static GraphView Opened(GraphView view, string? detail, IReadOnlyList<int>? opened)
    {
        if (detail is not null) view = view.At(Enum.Parse<GraphDetail>(detail, ignoreCase: true));
        foreach (int id in opened ?? [])
            if (view.Nodes.Any(node => node.Id == id && node.CanOpen)) view = view.Open(id);
        return view;
    }

    private static async Task ShowAsync(HttpContext context, ShownGraphs graphs)
    {
        Language language = Answers.LanguageOf(context.Request.Query["language"]);
        if (graphs.Find((string)context.Request.RouteValues["id"]!) is not { } view)
        {
            await Answers.RefuseAsync(context, StatusCodes.Status404NotFound, language == Language.Korean
                ? "이 그래프는 더 이상 없습니다. 프로그램에서 다시 보여 주세요." : "this graph is gone; show it again from the program").ConfigureAwait(false);
            return;
        }
        string? detail = context.Request.Query["detail"];
        List<int> opened = [];
        foreach (string part in ((string?)context.Request.Query["opened"] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Take(1000))
            if (int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int id)) opened.Add(id);
        if (detail is not null && !ExploreRequest.Details.Contains(detail))
        {
            await Answers.RefuseAsync(context, StatusCodes.Status400BadRequest, $"detail needs one of {string.Join(", ", ExploreRequest.Details)}").ConfigureAwait(false);
            return;
        }
        string json = ExploreAnswer.Of(Opened(view, detail ?? "modules", opened), language).ToJson();
        await Answers.WriteAsync(context, json).ConfigureAwait(false);
    }
}
