using static Nabla.Blank;

namespace Nabla.Lessons;

internal static class LessonB2
{
    private const string Start = "x = -2\ny = 5\nz = -4\nq = x + y\nf = q * z";
    private const string After = "x = -1.6\ny = 5.4\nz = -4.3\nq = x + y\nf = q * z";

    public static Lesson Lesson { get; } = new(
        "B2",
        new("One step of gradient descent", "경사하강법 한 스텝"),
        new("What the gradients of B1 are good for: move each input against its gradient, and f falls.",
            "B1에서 구한 기울기를 써 봅니다. 입력을 기울기의 반대쪽으로 움직이면 f가 줄어듭니다."),
        new TextSection(
            """
            In B1 the backward pass gave −4, −4 and 3 for x, y and z. A gradient is a piece of advice: the sign says in which direction f grows, the size
            says how fast. To make f smaller, every input moves **against** its gradient: new = old − α · gradient.

            With the learning rate α = 0.1 that makes x = −2 + 0.4 = −1.6, y = 5 + 0.4 = 5.4 and z = −4 − 0.3 = −4.3. A second forward pass with
            these values gives f = −16.34, well below −12.

            A linear guess would have promised a fall of 0.1 · (16 + 16 + 9) = 4.1, to −16.1. It fell a little more, because the gradients themselves change
            on the way. That is why steps are kept small: the advice holds only near the place where it was given.
            """,
            """
            B1의 역전파에서 x, y, z의 기울기는 −4, −4, 3이었습니다. 기울기는 조언과 같습니다. 부호는 f가 커지는 방향을, 크기는 얼마나 빨리 커지는지를
            알려 줍니다. f를 줄이려면 모든 입력을 기울기의 **반대쪽**으로 움직입니다: 새 값 = 옛 값 − α · 기울기.

            학습률 α = 0.1이면 x = −2 + 0.4 = −1.6, y = 5 + 0.4 = 5.4, z = −4 − 0.3 = −4.3이 됩니다. 이 값으로 순전파를 다시 하면 f = −16.34로,
            −12보다 훨씬 작아졌습니다.

            직선으로 어림하면 0.1 · (16 + 16 + 9) = 4.1만큼 줄어 −16.1이 될 것이라고 예상했을 것입니다. 실제로는 조금 더 줄었습니다. 움직이는 동안
            기울기도 변하기 때문입니다. 그래서 스텝은 작게 내딛습니다. 조언은 그 자리 근처에서만 통합니다.
            """),
        new TableSection([new("step", "스텝"), "x", "y", "z", "f"], () => Descend(0.1, 1)) { Title = new("α = 0.1", "α = 0.1") },
        new GraphSection(After) { Title = new("The graph after the step: every number is new", "스텝 뒤의 그래프: 모든 수가 새로워졌습니다") },
        new TableSection([new("learning rate", "학습률"), new("f after one step", "한 스텝 뒤의 f")], Rates)
        {
            Title = new("The same step with other learning rates", "같은 스텝, 다른 학습률"),
        },
        new QuizSection(
            "quiz-1",
            new("z has the gradient 3. Where does a step of gradient descent with α = 0.1 take z = −4?",
                "z의 기울기는 3입니다. α = 0.1인 경사하강법 한 스텝 뒤에 z = −4는 얼마가 될까요?"),
            ["-3.7", "-4.3", "-7", "-1"],
            right: 1,
            new("−4 − 0.1 · 3 = −4.3: against the gradient, so down.", "−4 − 0.1 · 3 = −4.3입니다. 기울기의 반대쪽이므로 줄어듭니다.")),
        new ExerciseSection(
            "exercise-1",
            new("Work out the gradients that the step needs.", "스텝에 필요한 기울기를 구해 보세요."),
            Start,
            Downstream("x"), Downstream("y"), Downstream("z")),
        new ExerciseSection(
            "exercise-2",
            new("Now run the graph with the new values x = −1.6, y = 5.4, z = −4.3, forward and back.",
                "이제 새 값 x = −1.6, y = 5.4, z = −4.3으로 그래프를 앞뒤로 계산해 보세요."),
            After,
            Value("q"), Value("f"), Downstream("x"), Downstream("y"), Downstream("z")));

    private static IEnumerable<BilingualText[]> Descend(double rate, int steps) => Expression.Parse(Start).Evaluate().Output.Descend(rate, steps).Steps
        .Select(step => (BilingualText[])
        [
            Written.Text(step.Number),
            .. step.Values.Select(value => (BilingualText)Written.Text(value.Value.Elements[0])),
            Written.Text(step.Result.Elements[0]),
        ]);

    private static IEnumerable<BilingualText[]> Rates()
    {
        Tensor f = Expression.Parse(Start).Evaluate().Output;
        foreach (double rate in new[] { 0.001, 0.01, 0.1, 0.5 })
            yield return [Written.Text(rate), Written.Text(f.Descend(rate).Steps[1].Result.Elements[0])];
    }
}
